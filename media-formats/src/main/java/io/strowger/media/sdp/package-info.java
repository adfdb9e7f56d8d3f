/// Session descriptions (RFC 8866) of one audio stream, and offer and answer (RFC 3264).
@NullMarked
package io.strowger.media.sdp;

import org.jspecify.annotations.NullMarked;
