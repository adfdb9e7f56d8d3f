/// The spool on a real disk.
@NullMarked
package io.strowger.recording.shell.spool;

import org.jspecify.annotations.NullMarked;
