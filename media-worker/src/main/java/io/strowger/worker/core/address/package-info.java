/// Which addresses this worker may connect to when somebody from outside names them.
@NullMarked
package io.strowger.worker.core.address;

import org.jspecify.annotations.NullMarked;
