/// The far end of the calls that a worker has with itself before it is ready.
@NullMarked
package io.strowger.worker.shell.rehearsal;

import org.jspecify.annotations.NullMarked;
