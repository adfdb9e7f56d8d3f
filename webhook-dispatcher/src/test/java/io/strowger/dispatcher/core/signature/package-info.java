@NullMarked
package io.strowger.dispatcher.core.signature;

import org.jspecify.annotations.NullMarked;
