/// WebSockets to applications that streams are carried on.
@NullMarked
package io.strowger.worker.shell.stream;

import org.jspecify.annotations.NullMarked;
