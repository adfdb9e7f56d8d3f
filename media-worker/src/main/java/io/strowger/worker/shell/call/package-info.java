/// Hosts the calls of this worker: one mailbox a call, run one message at a time; executes what
/// `core.leg` decides on the wire, the media engine and the clock, and reports its facts.
@NullMarked
package io.strowger.worker.shell.call;

import org.jspecify.annotations.NullMarked;
