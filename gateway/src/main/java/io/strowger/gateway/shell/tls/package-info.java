/// The certificate that https is served with.
@NullMarked
package io.strowger.gateway.shell.tls;

import org.jspecify.annotations.NullMarked;
