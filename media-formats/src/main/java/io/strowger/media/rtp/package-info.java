/// RTP and RTCP (RFC 3550): headers, sequence numbers, reception statistics.
@NullMarked
package io.strowger.media.rtp;

import org.jspecify.annotations.NullMarked;
