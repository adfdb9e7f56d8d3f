/// Tests of `core.finish`.
@NullMarked
package io.strowger.recording.core.finish;

import org.jspecify.annotations.NullMarked;
