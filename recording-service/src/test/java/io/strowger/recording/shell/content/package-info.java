/// Tests.
@NullMarked
package io.strowger.recording.shell.content;

import org.jspecify.annotations.NullMarked;
