(* ---------------------------------------------------------------- derivatives *)

Lemma slope_of : forall k F w, smooth (S k) F -> derivable_pt_lim F w (diff F w).
Proof. intros k F w h. apply h. Qed.

Lemma smooth_next : forall k F, smooth (S k) F -> smooth k (diff F).
Proof. intros k F h. apply h. Qed.

Lemma slope_constant : forall c w, derivable_pt_lim (fun _ => c) w 0.
Proof. intros c w. apply (derivable_pt_lim_const c w). Qed.

Lemma slope_variable : forall w, derivable_pt_lim (fun t => t) w 1.
Proof. intros w. apply (derivable_pt_lim_id w). Qed.

Lemma slope_plus : forall f g w a b, derivable_pt_lim f w a -> derivable_pt_lim g w b ->
  derivable_pt_lim (fun t => f t + g t) w (a + b).
Proof. intros f g w a b hf hg. exact (derivable_pt_lim_plus f g w a b hf hg). Qed.

Lemma slope_opposite : forall f w a, derivable_pt_lim f w a -> derivable_pt_lim (fun t => - f t) w (- a).
Proof. intros f w a hf. exact (derivable_pt_lim_opp f w a hf). Qed.

Lemma slope_times : forall f g w a b, derivable_pt_lim f w a -> derivable_pt_lim g w b ->
  derivable_pt_lim (fun t => f t * g t) w (a * g w + f w * b).
Proof. intros f g w a b hf hg. exact (derivable_pt_lim_mult f g w a b hf hg). Qed.

Lemma slope_over : forall f w a c, derivable_pt_lim f w a -> derivable_pt_lim (fun t => f t / c) w (a / c).
Proof.
  intros f w a c hf. unfold Rdiv. replace (a * / c) with (a * / c + f w * 0) by ring.
  apply (slope_times f (fun _ => / c)); [exact hf | apply slope_constant].
Qed.

Lemma slope_power : forall f w a k c, INR (S k) = c -> derivable_pt_lim f w a ->
  derivable_pt_lim (fun t => f t ^ S k) w (c * f w ^ k * a).
Proof.
  intros f w a k c <- hf.
  exact (derivable_pt_lim_comp f (fun y => y ^ S k) w a _ hf (derivable_pt_lim_pow (f w) (S k))).
Qed.

Lemma slope_chain : forall f g w a b, derivable_pt_lim f w a -> derivable_pt_lim g (f w) b ->
  derivable_pt_lim (fun t => g (f t)) w (b * a).
Proof. intros f g w a b hf hg. exact (derivable_pt_lim_comp f g w a b hf hg). Qed.

Lemma slope_sum : forall (A : Type) (l : list A) (f : A -> R -> R) d w,
  (forall a, In a l -> derivable_pt_lim (f a) w (d a)) ->
  derivable_pt_lim (fun t => sum l (fun a => f a t)) w (sum l d).
Proof.
  intros A l f d w. induction l as [|a l IH]; intros h; simpl; [apply slope_constant|].
  apply (slope_plus (f a) (fun t => sum l (fun b => f b t))); [apply h; left; reflexivity|].
  apply IH. intros b hb. apply h. right. exact hb.
Qed.

Lemma slope_mean : forall (A : Type) (l : list A) (f : A -> R -> R) d w,
  (forall a, In a l -> derivable_pt_lim (f a) w (d a)) ->
  derivable_pt_lim (fun t => mean l (fun a => f a t)) w (mean l d).
Proof. intros A l f d w h. apply slope_over, slope_sum, h. Qed.

Lemma slope_is : forall F w d, derivable_pt_lim F w d -> derivable_pt_lim F w (diff F w).
Proof. intros F w d h. rewrite (diff_is F w d h). exact h. Qed.

(* The mean value theorem: a function whose derivative is not negative does not fall. *)
Lemma by_monotone : forall F low high l r,
  low <= high ->
  (forall z, low <= z -> z <= high -> derivable_pt_lim F z (diff F z)) ->
  (forall z, low <= z -> z <= high -> 0 <= diff F z) ->
  l - F low = 0 -> F high - r = 0 -> l <= r.
Proof.
  intros F low high l r [less|same] slope sign el er.
  - destruct (MVT_cor2 F (diff F) low high less) as [c [e [above below]]].
    + intros c [h0 h1]. apply slope; assumption.
    + assert (0 <= diff F c * (high - low)) by (apply Rmult_le_pos; [apply sign |]; lra). lra.
  - subst high. lra.
Qed.
