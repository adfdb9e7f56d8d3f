/// SIP as values: what arrives and what leaves, URIs, digest answers and the arithmetic of dialogs
/// (RFC 3261 12). Knows no socket, no clock and no SIP library; `core.leg` decides with it and
/// `shell.sip` puts it on the wire.
@NullMarked
package io.strowger.worker.core.sip;

import org.jspecify.annotations.NullMarked;
