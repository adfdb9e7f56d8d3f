/// The certificate of the https port.
@NullMarked
package io.strowger.gateway.shell.tls;

import org.jspecify.annotations.NullMarked;
