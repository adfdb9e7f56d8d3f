/// What is asked for by address and range.
@NullMarked
package io.strowger.recording.core.content;

import org.jspecify.annotations.NullMarked;
