/// Whole calls through the whole platform: real broker, real SIP and RTP, real HTTP.
@NullMarked
package io.strowger.acceptance;

import org.jspecify.annotations.NullMarked;
