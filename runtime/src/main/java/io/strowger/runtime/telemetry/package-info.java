/// Names of all meters, in one place; and spans, which are handed from one to the next and never
/// looked up from the thread.
@NullMarked
package io.strowger.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
