/// What the dispatcher decides, without clocks, sockets and logs.
@NullMarked
package io.strowger.dispatcher.core;

import org.jspecify.annotations.NullMarked;
