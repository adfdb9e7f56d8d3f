@NullMarked
package io.strowger.dispatcher.core.address;

import org.jspecify.annotations.NullMarked;
