/// Tests of who wins when several phones ring.
@NullMarked
package io.strowger.worker.core.fork;

import org.jspecify.annotations.NullMarked;
