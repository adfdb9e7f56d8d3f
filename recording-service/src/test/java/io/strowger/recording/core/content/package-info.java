/// Tests.
@NullMarked
package io.strowger.recording.core.content;

import org.jspecify.annotations.NullMarked;
