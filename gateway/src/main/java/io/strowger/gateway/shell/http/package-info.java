/// The servers: limits, authentication, routing, answers.
@NullMarked
package io.strowger.gateway.shell.http;

import org.jspecify.annotations.NullMarked;
