/// Bearer tokens: which are taken ([io.strowger.runtime.jwt.TokenRules], pure) and the public keys
/// that they are verified with, which a thread of its own fetches.
@NullMarked
package io.strowger.runtime.jwt;

import org.jspecify.annotations.NullMarked;
