/// Whole calls through the whole platform: real broker, real SIP and RTP, real HTTP. The stage and
/// its people are public: other modules bring applications that nobody here wrote.
@NullMarked
package io.strowger.acceptance;

import org.jspecify.annotations.NullMarked;
