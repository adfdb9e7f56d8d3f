/// What is kept on disk of recordings that are not finished: what the reader of the log asks of it.
@NullMarked
package io.strowger.recording.core.spool;

import org.jspecify.annotations.NullMarked;
