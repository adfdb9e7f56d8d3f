/// The recording-service. For now it takes its place in the group and keeps what it cannot do:
/// recording itself is to come.
@NullMarked
package io.strowger.recording;

import org.jspecify.annotations.NullMarked;
