/// How a recording becomes a file: its plan, the document about it, and where both can be had.
@NullMarked
package io.strowger.recording.core.finish;

import org.jspecify.annotations.NullMarked;
