(* ---------------------------------------------------------------- finite sums *)

Lemma sum_ext : forall (A : Type) (l : list A) f g, (forall a, In a l -> f a = g a) -> sum l f = sum l g.
Proof.
  intros A l f g. induction l as [|a l IH]; intros h; [reflexivity|]. simpl.
  rewrite (h a), IH; [reflexivity | intros b hb; apply h; right; exact hb | left; reflexivity].
Qed.

Lemma prod_ext : forall n f g, (forall i, (i < n)%nat -> f i = g i) -> prod n f = prod n g.
Proof.
  induction n as [|n IH]; intros f g h; [reflexivity|]. simpl.
  rewrite (IH f g), (h n); [reflexivity | lia | intros i hi; apply h; lia].
Qed.

Lemma sum_cons : forall (A : Type) (l : list A) c f g,
  sum l (fun a => c * f a + g a) = c * sum l f + sum l g.
Proof. intros A l c f g. induction l as [|a l IH]; simpl; [ring | rewrite IH; ring]. Qed.

Lemma sum_scaled : forall (A : Type) (l : list A) c f, sum l (fun a => c * f a) = c * sum l f.
Proof. intros A l c f. induction l as [|a l IH]; simpl; [ring | rewrite IH; ring]. Qed.

Lemma sum_nothing : forall (A : Type) (l : list A), sum l (fun _ => 0) = 0.
Proof. intros A l. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma sum_constant : forall (A : Type) (l : list A) c, sum l (fun _ => c) = INR (length l) * c.
Proof.
  intros A l c. induction l as [|a l IH]; simpl length; [simpl; ring|].
  rewrite S_INR. simpl sum. rewrite IH. ring.
Qed.

Lemma sum_right : forall (A : Type) (l : list A) f g c,
  (forall a, In a l -> f a * c = g a) -> sum l f * c = sum l g.
Proof.
  intros A l f g c h. rewrite <- (sum_ext A l (fun a => f a * c) g h).
  induction l as [|a l IH]; simpl; [ring|]. rewrite <- IH; [ring|].
  intros b hb. apply h. right. exact hb.
Qed.

Lemma sum_left : forall (A : Type) (l : list A) f g c,
  (forall a, In a l -> c * f a = g a) -> c * sum l f = sum l g.
Proof.
  intros A l f g c h. rewrite Rmult_comm. apply sum_right.
  intros a ha. rewrite Rmult_comm. apply h, ha.
Qed.

Lemma sum_exchange : forall (A B : Type) (l : list A) (m : list B) f,
  sum l (fun a => sum m (fun b => f a b)) = sum m (fun b => sum l (fun a => f a b)).
Proof.
  intros A B l m f. induction l as [|a l IH]; simpl; [symmetry; apply sum_nothing|].
  rewrite IH. induction m as [|b m IHm]; simpl; [ring|].
  rewrite <- IHm; [ring|]. clear. induction l as [|a l IH]; simpl; [symmetry; apply sum_nothing|].
  rewrite IH. clear. induction m as [|b m IH]; simpl; [ring | rewrite <- IH; ring].
Qed.

Lemma sum_app : forall (A : Type) (l m : list A) f, sum (l ++ m) f = sum l f + sum m f.
Proof. intros A l m f. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma sum_nonneg : forall (A : Type) (l : list A) f, (forall a, In a l -> 0 <= f a) -> 0 <= sum l f.
Proof.
  intros A l f. induction l as [|a l IH]; intros h; simpl; [lra|].
  apply Rplus_le_le_0_compat; [apply h; left; reflexivity | apply IH; intros b hb; apply h; right; exact hb].
Qed.

Lemma sum_zero : forall (A : Type) (l : list A) f, (forall a, In a l -> f a = 0) -> sum l f = 0.
Proof. intros A l f h. rewrite (sum_ext A l f (fun _ => 0) h). apply sum_nothing. Qed.

Lemma mean_zero : forall (A : Type) (l : list A) f, (forall a, In a l -> f a = 0) -> mean l f = 0.
Proof. intros A l f h. unfold mean. rewrite (sum_zero A l f h). unfold Rdiv. ring. Qed.

Lemma inverse_nonneg : forall r, 0 <= r -> 0 <= / r.
Proof.
  intros r [h|<-]; [left; apply Rinv_0_lt_compat, h|].
  rewrite Rinv_0. lra.
Qed.

Lemma mean_nonneg : forall (A : Type) (l : list A) f, (forall a, In a l -> 0 <= f a) -> 0 <= mean l f.
Proof.
  intros A l f h. unfold mean, Rdiv. apply Rmult_le_pos; [apply sum_nonneg, h|].
  apply inverse_nonneg, pos_INR.
Qed.

Lemma index_in : forall n i, In i (indices n) <-> (i < n)%nat.
Proof. intros n i. unfold indices. rewrite in_seq. lia. Qed.

Lemma count_indices : forall n c, sum (indices n) (fun _ => c) = INR n * c.
Proof. intros n c. rewrite sum_constant. unfold indices. rewrite seq_length. reflexivity. Qed.

Lemma sum_last : forall n f, sum (indices (n + 1)) f = sum (indices n) f + f n.
Proof.
  intros n f. unfold indices. rewrite Nat.add_1_r, seq_S, sum_app. simpl. ring.
Qed.

Lemma sum_delta : forall n k f, (k < n)%nat ->
  sum (indices n) (fun i => truth (Req_EM_T (INR i) (INR k)) * f i) = f k.
Proof.
  assert (away : forall n k f, (n <= k)%nat ->
    sum (indices n) (fun i => truth (Req_EM_T (INR i) (INR k)) * f i) = 0).
  { intros n k f h. apply sum_zero. intros i hi. apply index_in in hi.
    destruct (Req_EM_T (INR i) (INR k)) as [e|e]; simpl; [apply INR_eq in e; lia | ring]. }
  intros n k f. induction n as [|n IH]; intros h; [lia|].
  replace (S n) with (n + 1)%nat by lia. rewrite sum_last.
  destruct (Nat.eq_dec k n) as [->|d].
  - rewrite away by lia. destruct (Req_EM_T (INR n) (INR n)) as [e|e]; simpl; [ring | contradiction].
  - rewrite IH by lia. destruct (Req_EM_T (INR n) (INR k)) as [e|e]; simpl; [apply INR_eq in e; lia | ring].
Qed.

(* ---------------------------------------------------------------- products *)

Lemma prod_mul : forall n f g, prod n f * prod n g = prod n (fun i => f i * g i).
Proof. intros n f g. induction n as [|n IH]; simpl; [|rewrite <- IH]; ring. Qed.

Lemma prod_power : forall n k f, prod n (fun i => f i ^ k) = prod n f ^ k.
Proof.
  intros n k f. induction n as [|n IH]; simpl prod; [symmetry; apply pow1|].
  rewrite IH. symmetry. apply Rpow_mult_distr.
Qed.

Lemma prod_constant : forall n c, prod n (fun _ => c) = c ^ n.
Proof. intros n c. induction n as [|n IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma prod_scaled : forall n c f, prod n (fun i => c * f i) = c ^ n * prod n f.
Proof. intros n c f. induction n as [|n IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma prod_last : forall n f, prod (n + 1) f = prod n f * f n.
Proof. intros n f. rewrite Nat.add_1_r. reflexivity. Qed.

Lemma prod_nonneg : forall n f, (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= prod n f.
Proof.
  induction n as [|n IH]; intros f h; simpl; [lra|].
  apply Rmult_le_pos; [apply IH; intros i hi|]; apply h; lia.
Qed.

Lemma pow_of_pow : forall b k n, (b ^ k) ^ n = (b ^ n) ^ k.
Proof. intros b k n. rewrite <- !pow_mult, Nat.mul_comm. reflexivity. Qed.
