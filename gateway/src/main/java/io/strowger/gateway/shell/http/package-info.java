/// HTTP and HTTPS: limits, authentication, JSON, and the way from a request to a command and from
/// an answer to a response.
@NullMarked
package io.strowger.gateway.shell.http;

import org.jspecify.annotations.NullMarked;
