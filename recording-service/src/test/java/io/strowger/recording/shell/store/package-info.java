/// Tests.
@NullMarked
package io.strowger.recording.shell.store;

import org.jspecify.annotations.NullMarked;
