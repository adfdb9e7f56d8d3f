/// Who calls in and whom, decided before anything is kept of the call.
@NullMarked
package io.strowger.worker.core.arrival;

import org.jspecify.annotations.NullMarked;
