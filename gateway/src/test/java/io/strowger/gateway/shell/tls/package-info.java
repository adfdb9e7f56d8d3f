/// Tests.
@NullMarked
package io.strowger.gateway.shell.tls;

import org.jspecify.annotations.NullMarked;
