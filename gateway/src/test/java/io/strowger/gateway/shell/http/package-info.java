/// Tests.
@NullMarked
package io.strowger.gateway.shell.http;

import org.jspecify.annotations.NullMarked;
