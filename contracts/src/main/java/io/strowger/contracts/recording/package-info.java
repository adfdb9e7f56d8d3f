/// Recordings: what is asked of the recording-service, what it reports, and the audio on its way
/// there.
@NullMarked
package io.strowger.contracts.recording;

import org.jspecify.annotations.NullMarked;
