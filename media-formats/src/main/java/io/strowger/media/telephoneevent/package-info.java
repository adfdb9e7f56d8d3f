/// Key presses inside RTP (RFC 4733).
@NullMarked
package io.strowger.media.telephoneevent;

import org.jspecify.annotations.NullMarked;
