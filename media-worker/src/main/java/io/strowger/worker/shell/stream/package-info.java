/// WebSockets to applications that streams of audio and of words are carried on.
@NullMarked
package io.strowger.worker.shell.stream;

import org.jspecify.annotations.NullMarked;
