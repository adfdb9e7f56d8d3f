/// The webhook itself: its JSON, its headers, where it connects to.
@NullMarked
package io.strowger.dispatcher.shell.http;

import org.jspecify.annotations.NullMarked;
