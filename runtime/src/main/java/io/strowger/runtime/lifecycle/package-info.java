/// Starting in order, stopping in reverse, and loops that start anew after a failure.
@NullMarked
package io.strowger.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
