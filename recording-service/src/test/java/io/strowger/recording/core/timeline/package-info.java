/// Tests of `core.timeline`.
@NullMarked
package io.strowger.recording.core.timeline;

import org.jspecify.annotations.NullMarked;
