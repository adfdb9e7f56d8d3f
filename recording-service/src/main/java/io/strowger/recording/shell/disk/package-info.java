/// Files on disk: whole or not there. What the spool and the stores have in common.
@NullMarked
package io.strowger.recording.shell.disk;

import org.jspecify.annotations.NullMarked;
