/// Tests of who calls whom.
@NullMarked
package io.strowger.worker.core.arrival;

import org.jspecify.annotations.NullMarked;
