/// Tests of what a recording takes and of the account of it.
@NullMarked
package io.strowger.worker.core.recording;

import org.jspecify.annotations.NullMarked;
