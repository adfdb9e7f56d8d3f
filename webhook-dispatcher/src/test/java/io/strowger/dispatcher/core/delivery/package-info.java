@NullMarked
package io.strowger.dispatcher.core.delivery;

import org.jspecify.annotations.NullMarked;
