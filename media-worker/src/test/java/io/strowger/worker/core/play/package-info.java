/// Players without a call around them.
@NullMarked
package io.strowger.worker.core.play;

import org.jspecify.annotations.NullMarked;
