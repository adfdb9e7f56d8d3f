/// Tests of `core.offset`.
@NullMarked
package io.strowger.recording.core.offset;

import org.jspecify.annotations.NullMarked;
