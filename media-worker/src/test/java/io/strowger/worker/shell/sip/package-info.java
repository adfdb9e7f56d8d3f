/// Messages as the SIP stack reads and writes them.
@NullMarked
package io.strowger.worker.shell.sip;

import org.jspecify.annotations.NullMarked;
