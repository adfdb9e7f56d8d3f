/// Formats that both ends of a wire need: audio codecs, RTP, SDP, WAV. Pure: bytes in, values out,
/// no sockets, no clocks, no chance. What runs once a packet allocates nothing.
@NullMarked
package io.strowger.media;

import org.jspecify.annotations.NullMarked;
