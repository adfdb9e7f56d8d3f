/// Adapters: the log and the HTTP client.
@NullMarked
package io.strowger.dispatcher.shell;

import org.jspecify.annotations.NullMarked;
