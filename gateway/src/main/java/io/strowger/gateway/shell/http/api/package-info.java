/// One class an operation family: from a request to a command, from an answer to JSON.
@NullMarked
package io.strowger.gateway.shell.http.api;

import org.jspecify.annotations.NullMarked;
