@NullMarked
package io.strowger.dispatcher;

import org.jspecify.annotations.NullMarked;
