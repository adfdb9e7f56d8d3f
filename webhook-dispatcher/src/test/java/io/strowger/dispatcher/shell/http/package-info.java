@NullMarked
package io.strowger.dispatcher.shell.http;

import org.jspecify.annotations.NullMarked;
