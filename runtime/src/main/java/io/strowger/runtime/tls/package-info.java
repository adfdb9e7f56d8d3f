/// Certificates that services are served with, and whom they trust.
@NullMarked
package io.strowger.runtime.tls;

import org.jspecify.annotations.NullMarked;
