/// Tests of the lease.
@NullMarked
package io.strowger.worker.core.lease;

import org.jspecify.annotations.NullMarked;
