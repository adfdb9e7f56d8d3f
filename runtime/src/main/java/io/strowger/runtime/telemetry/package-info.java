/// Names of all meters, in one place.
@NullMarked
package io.strowger.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
