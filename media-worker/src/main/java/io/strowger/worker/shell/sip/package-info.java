/// The only place that knows JAIN-SIP: its messages, transactions and transports, with its own
/// dialogs off. Turns what comes into [io.strowger.worker.core.sip.SipSignal]s and sends what the
/// core wants sent.
@NullMarked
package io.strowger.worker.shell.sip;

import org.jspecify.annotations.NullMarked;
