(* ---------------------------------------------------------------- brackets *)

Lemma truth_bit : forall P Q (d : {P} + {Q}), is_bit (truth d).
Proof. intros P Q [h|h]; [right | left]; reflexivity. Qed.

Lemma truth_true : forall (P : Prop) (d : {P} + {~ P}), P -> truth d = 1.
Proof. intros P [h|h] p; [reflexivity | contradiction]. Qed.

Lemma truth_false : forall (P : Prop) (d : {P} + {~ P}), ~ P -> truth d = 0.
Proof. intros P [h|h] p; [contradiction | reflexivity]. Qed.

Lemma truth_same : forall (P Q : Prop) (d : {P} + {~ P}) (e : {Q} + {~ Q}), (P <-> Q) -> truth d = truth e.
Proof. intros P Q [p|p] [q|q] h; simpl; tauto. Qed.

Lemma at_most : forall a b, truth (Rle_dec a b) = 1 - truth (Rlt_dec b a).
Proof. intros a b. destruct (Rle_dec a b), (Rlt_dec b a); simpl; lra. Qed.

Lemma less_gap : forall a b g, b - a = g -> truth (Rlt_dec a b) = truth (Rlt_dec 0 g).
Proof. intros a b g h. apply truth_same. lra. Qed.

Lemma equal_gap : forall a b g, a - b = g -> truth (Req_EM_T a b) = truth (Req_EM_T 0 g).
Proof. intros a b g h. apply truth_same. lra. Qed.

Lemma equal_as : forall a b c d, a - b = c - d -> truth (Req_EM_T a b) = truth (Req_EM_T c d).
Proof. intros a b c d h. apply truth_same. lra. Qed.

Lemma equal_bits : forall a b, is_bit a -> is_bit b -> truth (Req_EM_T a b) = 1 - a - b + 2 * (a * b).
Proof. intros a b [->| ->] [->| ->]; destruct (Req_EM_T _ _); simpl; lra. Qed.

Lemma equal_signs : forall a b, is_sign a -> is_sign b -> truth (Req_EM_T a b) = (1 + a * b) / 2.
Proof. intros a b [->| ->] [->| ->]; destruct (Req_EM_T _ _); simpl; lra. Qed.

Lemma equal_vectors : forall n a b,
  truth (agree n a b) = prod n (fun i => truth (Req_EM_T (a i) (b i))).
Proof.
  intros n a b. induction n as [|n IH].
  - simpl. reflexivity.
  - simpl prod. rewrite <- IH. destruct (agree (S n) a b) as [h|h], (agree n a b) as [g|g],
      (Req_EM_T (a n) (b n)) as [e|e]; simpl; try lra; exfalso.
    + apply e, h. lia.
    + apply g. intros i hi. apply h. lia.
    + apply e, h. lia.
    + apply h. intros i hi. destruct (Nat.eq_dec i n) as [->|d]; [exact e | apply g; lia].
Qed.

Lemma ordered_less : forall a b, 0 <= truth (Rlt_dec a b) * (b - a).
Proof. intros a b. destruct (Rlt_dec a b); simpl; lra. Qed.

Lemma ordered_at_most : forall a b, 0 <= truth (Rle_dec a b) * (b - a).
Proof. intros a b. destruct (Rle_dec a b); simpl; lra. Qed.

Lemma guarded_zero : forall (P : Prop) (d : {P} + {~ P}) c r,
  (P -> r = 0) -> c * truth d * r = 0.
Proof. intros P [p|p] c r h; simpl; [rewrite (h p)|]; ring. Qed.

(* ---------------------------------------------------------------- the cube *)

Lemma sum_cube_step : forall a b n f,
  sum (cube a b (S n)) f = sum (cube a b n) (fun v => f (put v n a) + f (put v n b)).
Proof.
  intros a b n f. simpl. induction (cube a b n) as [|v l IH]; simpl; [reflexivity|].
  rewrite IH. ring.
Qed.

Lemma count_cube : forall a b n, INR (length (cube a b n)) = 2 ^ n.
Proof.
  intros a b n. transitivity (sum (cube a b n) (fun _ => 1)).
  - rewrite sum_constant. ring.
  - induction n as [|n IH]; [simpl; ring|]. rewrite sum_cube_step.
    rewrite (sum_ext _ _ _ (fun _ => 2 * 1)) by (intros; ring). rewrite sum_scaled, IH. simpl. ring.
Qed.

Lemma count_signs : forall n c, sum (signs n) (fun _ => c) = 2 ^ n * c.
Proof. intros n c. rewrite sum_constant. unfold signs. rewrite count_cube. reflexivity. Qed.

Lemma count_bits : forall n c, sum (bits n) (fun _ => c) = 2 ^ n * c.
Proof. intros n c. rewrite sum_constant. unfold bits. rewrite count_cube. reflexivity. Qed.

Lemma mean_signs : forall n f, mean (signs n) f = (/ 2 ^ n) * sum (signs n) f.
Proof. intros n f. unfold mean, signs, Rdiv. rewrite count_cube. ring. Qed.

Lemma mean_bits : forall n f, mean (bits n) f = (/ 2 ^ n) * sum (bits n) f.
Proof. intros n f. unfold mean, bits, Rdiv. rewrite count_cube. ring. Qed.

Lemma factorise_cube : forall a b n (F : nat -> R -> R),
  sum (cube a b n) (fun v => prod n (fun i => F i (v i))) = prod n (fun i => F i a + F i b).
Proof.
  intros a b n F. induction n as [|n IH]; [simpl; ring|]. rewrite sum_cube_step.
  rewrite (sum_ext _ _ _ (fun v => (F n a + F n b) * prod n (fun i => F i (v i)))).
  - rewrite (sum_scaled vector). simpl. rewrite <- IH. ring.
  - intros v _. simpl. rewrite !put_here.
    rewrite (prod_ext n (fun i => F i (put v n a i)) (fun i => F i (v i)))
      by (intros i hi; rewrite put_below by exact hi; reflexivity).
    rewrite (prod_ext n (fun i => F i (put v n b i)) (fun i => F i (v i)))
      by (intros i hi; rewrite put_below by exact hi; reflexivity).
    ring.
Qed.

(* A sum against a product that vanishes wherever v i differs from s i. *)
Lemma contract_cube : forall a b n s (F : nat -> R -> R) (G : vector -> R),
  In s (cube a b n) ->
  (forall i, (i < n)%nat -> F i (a + b - s i) = 0) ->
  sum (cube a b n) (fun v => G v * prod n (fun i => F i (v i))) = G s * prod n (fun i => F i (s i)).
Proof.
  intros a b n. induction n as [|n IH]; intros s F G hs h0.
  - simpl in *. destruct hs as [<-|[]]. ring.
  - simpl in hs. apply in_flat_map in hs. destruct hs as [w [hw hv]].
    assert (e : exists c, (c = a \/ c = b) /\ s = put w n c)
      by (destruct hv as [<-|[<-|[]]]; [exists a | exists b]; auto).
    destruct e as [c [hc ->]]. rewrite sum_cube_step.
    rewrite (sum_ext _ _ _ (fun v => G (put v n c) * F n c * prod n (fun i => F i (v i)))).
    + rewrite (IH w F (fun v => G (put v n c) * F n c) hw).
      * simpl. rewrite put_here.
        rewrite (prod_ext n (fun i => F i (put w n c i)) (fun i => F i (w i)))
          by (intros i hi; rewrite put_below by exact hi; reflexivity).
        ring.
      * intros i hi. rewrite <- (h0 i) by lia. rewrite put_below by exact hi. reflexivity.
    + intros v _. simpl. rewrite !put_here.
      rewrite (prod_ext n (fun i => F i (put v n a i)) (fun i => F i (v i)))
        by (intros i hi; rewrite put_below by exact hi; reflexivity).
      rewrite (prod_ext n (fun i => F i (put v n b i)) (fun i => F i (v i)))
        by (intros i hi; rewrite put_below by exact hi; reflexivity).
      assert (z : F n (a + b - c) = 0) by (rewrite <- (h0 n) by lia; rewrite put_here; reflexivity).
      destruct hc as [->| ->].
      * replace (a + b - a) with b in z by ring. rewrite z. ring.
      * replace (a + b - b) with a in z by ring. rewrite z. ring.
Qed.

Lemma factorise_signs : forall n (F : nat -> R -> R),
  sum (signs n) (fun v => prod n (fun i => F i (v i))) = prod n (fun i => F i 1 + F i (Ropp 1)).
Proof. intros n F. apply factorise_cube. Qed.

Lemma factorise_bits : forall n (F : nat -> R -> R),
  sum (bits n) (fun v => prod n (fun i => F i (v i))) = prod n (fun i => F i 0 + F i 1).
Proof. intros n F. apply factorise_cube. Qed.

Lemma contract_signs : forall n s (F : nat -> R -> R) (G : vector -> R),
  In s (signs n) -> (forall i, (i < n)%nat -> F i (- s i) = 0) ->
  sum (signs n) (fun v => G v * prod n (fun i => F i (v i))) = G s * prod n (fun i => F i (s i)).
Proof.
  intros n s F G hs h. apply contract_cube; [exact hs|]. intros i hi.
  replace (1 + Ropp 1 - s i) with (- s i) by ring. apply h, hi.
Qed.

Lemma contract_bits : forall n s (F : nat -> R -> R) (G : vector -> R),
  In s (bits n) -> (forall i, (i < n)%nat -> F i (1 - s i) = 0) ->
  sum (bits n) (fun v => G v * prod n (fun i => F i (v i))) = G s * prod n (fun i => F i (s i)).
Proof.
  intros n s F G hs h. apply contract_cube; [exact hs|]. intros i hi.
  replace (0 + 1 - s i) with (1 - s i) by ring. apply h, hi.
Qed.
