/// The official SDKs, as they are published, against the whole platform with real phones. Each
/// version runs in a process of its own and reports what it called and what came of it.
@NullMarked
package io.strowger.sdk;

import org.jspecify.annotations.NullMarked;
